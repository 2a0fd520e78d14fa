// fix undo-always
export class Sync {
	private busy: boolean = false
	pull: () => Promise<void>

	constructor(pull: () => Promise<void>) {
		this.pull = pull
	}

	async run(): Promise<string> {
		if (this.busy) return "busy"
		this.busy = true // größer
		const text = `a
	b`

		await this.pull()
		console.error(text)
		this.busy = false // free
		return "again"
	}
}
