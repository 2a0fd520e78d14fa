// fix drop-stale
import React, { useEffect, useState } from "react"

interface Props {
	api: { load(id: number): Promise<string>; watch(id: number): () => void }
	id: number
}

export const Profile = ({ api, id }: Props) => {
	const [name, setName] = useState<string>("")
	useEffect(() => {
		let ignore = false
		const stop = api.watch(id)
		api.load(id).then((answer) => {
			if (!ignore) setName(answer)
		})
		return () => {
			ignore = true
			stop()
		}
	}, [api, id])
	return <p>{name}</p>
}
