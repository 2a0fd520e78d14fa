// fix claim-first
let ready = false;

export async function prepare(load) {
	if (!ready) {
		// Takes a while.
		ready = true;
		try {
			await load();
		} catch (error) {
			ready = false;
			throw error;
		}
	}
}
