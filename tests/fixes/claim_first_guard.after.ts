// fix claim-first
// prints 1
class Service {
    private started = false
    opened = 0

    async open(name: string): Promise<void> { this.opened += name.length; await null }

    async start(): Promise<void> {
        if (this.started) return

        this.started = true
        try {
            const name = "é"
            await this.open(name)
        } catch (error) {
            this.started = false
            throw error
        } // now
    }
}

const service = new Service()
await Promise.all([service.start(), service.start()])
console.log(service.opened)
