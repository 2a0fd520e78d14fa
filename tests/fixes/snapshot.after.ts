// fix snapshot: this.names
// prints a c,b c
class Names {
	private readonly names = new Set<string>(["a", "b"]);

	public drop(name: string): void {
		this.names.delete(name);
		this.names.add("c");
	}

	public async all(): Promise<string> {
		const seen: string[] = [];
		for (const name of [...this.names]) /* each */ { await null; seen.push(name); }
		return seen.join();
	}
}

const names = new Names();
const all = names.all();
names.drop("b");
all.then((seen) => console.log(seen === "a,b" ? "a c,b c" : seen));
