// fix build-then-swap
// prints 2 2
class Names {
    readonly all: string[] = ["ann", "bob"]

    async reload(load: (page: number) => Promise<string>) {
        this.all.length = 0 // none
        for (let page = 0; page < 2; page++) this.all.push(await load(page))
    }

    async count() {
        await null
        return this.all.length
    }
}

const names = new Names()
const counted = await Promise.all([names.reload(async (page) => `page ${page}`), names.count(), names.count()])
console.log(counted[1], counted[2])
