// fix listen-first
import { connect } from 'node:net';

export async function greet(port, log, heard) {
	const socket = connect(port);
	socket.on('connect', () => { heard(); });
	await log('Zoë');
	// Once it stands.
}
