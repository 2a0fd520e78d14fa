// The same with the promise kept before it is waited for.
import { Controller, Get, Param, load } from "./web";

let title: Promise<string> | undefined;
let list: Promise<string[]> | undefined;
let user: Promise<string> | undefined;

@Controller(async () => {
  if (!title) {
    title = load("title");
  }
  return await title;
})
export class Pages {
  @Get(async () => {
    if (!list) {
      list = load("list");
    }
    return await list;
  })
  list(
    @Param(async (name: string) => {
      if (!user) {
        user = load(name);
      }
      return await user;
    })
    owner: string,
  ) {
    return owner;
  }
}
