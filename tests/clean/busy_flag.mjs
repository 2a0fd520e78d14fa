// A flag that is tested and set at once, and reset by whoever set it.
let isSyncing = false;
let downloads = 0;

export const state = { busy: false, message: null };

export async function sync(upload) {
  if (isSyncing) return;
  isSyncing = true;
  await upload();
  isSyncing = false;
}

export async function save(document) {
  if (state.busy) return;
  state.busy = true;
  try {
    await document.write();
    state.message = null;
  } catch (error) {
    state.message = error.message;
  } finally {
    state.busy = false;
  }
}

export async function download(fetchOne) {
  downloads += 1;
  try {
    return await fetchOne();
  } finally {
    downloads -= 1;
  }
}

export async function syncInWindow(upload) {
  if (window.isSyncing) return;
  window.isSyncing = true;
  await upload();
  window.isSyncing = false;
}

export function pending() {
  return downloads;
}
