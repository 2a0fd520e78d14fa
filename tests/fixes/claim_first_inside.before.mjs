// fix claim-first
let ready = false;

export async function prepare(load) {
	if (!ready) {
		// Takes a while.
		await load();
		ready = true;
	}
}
