// fix listen-first
import { connect } from 'node:net';

export async function greet(port, log, heard) {
	const socket = connect(port);
	await log('Zoë');
	// Once it stands.
	socket.on('connect', () => { heard(); });
}
