// fix add-await: size
// prints false
const size = async (path: string): Promise<number> => path.length;

async function fits(path: string): Promise<boolean> {
	const limit: number = 8;
	return !(size(path) > limit) && !!path;
}

fits("ä and more.txt").then((answer) => console.log(answer));
