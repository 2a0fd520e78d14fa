// fix pass-on
// prints Oslo! Rome!
let city;

const named = () => `${city}!`;

async function query(wanted) {
  city = wanted;
  await null;
  return named();
}

Promise.all([query('Oslo'), query('Rome')]).then((answers) => console.log(answers.join(' ')));
