// Shows how far a job is as the server tells it, and opens the set when it has ended.
const panel = document.querySelector("[data-job]");
if (panel) {
  const bar = panel.querySelector("progress");
  const source = new EventSource(panel.dataset.job);
  const show = (event) => {
    const job = JSON.parse(event.data);
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
    }
  };
  const end = () => {
    source.close();
    location.reload();
  };
  source.addEventListener("running", show);
  source.addEventListener("done", end);
  source.addEventListener("failed", end);
}
