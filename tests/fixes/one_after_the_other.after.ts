// fix one-after-the-other
import oracledb from 'oracledb';

export async function report(month: string): Promise<[number, number]> {
	const conn = await oracledb.getConnection();
	/* für */ const [orders, refunds] = [
		await conn.execute<number>('SELECT 1', [month]), // sold
		await conn.execute<number>('SELECT 2', [month]),
	];
	return [orders.rows.length, refunds.rows.length];
}
