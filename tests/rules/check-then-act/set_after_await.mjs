// Taken for false alarms by some, but two callers both pass the test.
let flag = false;
let action;

export async function once(work) {
  if (!flag) {
    await work();
    flag = true; // want check-then-act: flag
  }
}

export async function withAction(actions, id) {
  if (!action) {
    action = await actions.getOne({ id }); // want check-then-act: action
  }
  return { action };
}
