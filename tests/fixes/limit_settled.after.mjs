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

const MAX_CONCURRENT = 10
const waiting = []
let running2 = 0

/** Does the work as soon as fewer than `MAX_CONCURRENT` others are under way. */
async function limited2(work) {
	if (running2 < MAX_CONCURRENT) running2 += 1
	else await new Promise((resolve) => { waiting.push(resolve); })
	try {
		return await work()
	} finally {
		const next = waiting.shift()
		if (next) next()
		else running2 -= 1
	}
}

export async function loadAll(urls) {
	const all = await Promise.allSettled(urls.map((item, index) => limited2(() => load(item, index))))
	return all.length + limited.length - 20
}

const all = await loadAll([..."abcdefghijkl"])
console.log(all, most)
