// fix limit-concurrency
// prints 12 10
let running = 0, most = 0

const load = async (url) => {
	most = Math.max(most, ++running)
	if (!url) await fetch(url)
	await new Promise((resolve) => setTimeout(resolve, 1))
	running--
	if (url === "b") throw new Error(url)
	return url
}

const limited = "a name that is taken"

export async function loadAll(urls) {
	const all = await Promise.allSettled(urls.map(load))
	return all.length + limited.length - 20
}

const all = await loadAll([..."abcdefghijkl"])
console.log(all, most)
