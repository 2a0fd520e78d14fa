// fix for-each
// prints 6
let total = 0
const add = async (n) => {
	await new Promise((resolve) => setTimeout(resolve, 5))
	total = total + n
}

async function addAll(numbers) {
	if (numbers.length) {
		numbers.forEach(async n => add(n))
	}
}
addAll([1, 2, 3]).then(() => console.log(total))