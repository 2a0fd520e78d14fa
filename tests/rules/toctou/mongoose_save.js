const { Ticket } = require('./models');

async function claim(req, res) {
  const ticket = await Ticket.findById(req.params.id);
  if (ticket.owner) {
    res.status(409).end();
    return;
  }
  ticket.owner = req.user.id;
  await ticket.save(); // want toctou: ticket.owner
  res.json(ticket);
}

module.exports = { claim };
