async function put(file) {
  return file.length;
}

async function uploadAll(files) {
  let sent = 0;
  const upload = async (file) => {
    sent = sent + (await put(file)); // want lost-update: sent (high)
  };
  await Promise.all(files.map((file) => upload(file)));
  return sent;
}

void uploadAll(['a', 'bb', 'ccc']).then((sent) => console.log(sent));
