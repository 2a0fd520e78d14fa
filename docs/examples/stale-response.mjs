const results = document.querySelector("#results");

document.querySelector("#query").addEventListener("input", async (event) => {
  const answer = await fetch(`/search?q=${event.target.value}`);
  results.textContent = await answer.text();
});
