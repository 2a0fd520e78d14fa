// fix build-then-swap
// prints 2
let scores = { ann: 1, bob: 2 };

async function update(names) {
	const newScores = {};
	for (const name of names) {
		newScores[name] = await name.length;
	}
	scores = newScores;
}

async function count() {
	await null;
	return Object.keys(scores).length;
}

const [, n] = await Promise.all([update(["ann", "bob"]), count()]);
console.log(n);