// What decorators of a class, its members and their parameters are given runs as any other code.
import { Controller, Get, Param, load } from "./web";

let title: string | undefined;
let list: string[] | undefined;
let user: string | undefined;

@Controller(async () => {
  if (!title) {
    title = await load("title"); // want check-then-act: title
  }
  return title;
})
export class Pages {
  @Get(async () => {
    if (!list) {
      list = await load("list"); // want check-then-act: list
    }
    return list;
  })
  list(
    @Param(async (name: string) => {
      if (!user) {
        user = await load(name); // want check-then-act: user
      }
      return user;
    })
    owner: string,
  ) {
    return owner;
  }
}
