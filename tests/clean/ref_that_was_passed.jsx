// A ref is handed to the call that is waited for and set afterwards; what it was before says nothing about what it gets.
import { useEffect, useRef } from "react";

const later = (value, _ref) =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), 1000);
  });

export const Page = () => {
  const database = useRef(null);
  const connect = async () => {
    const opened = await later(5, database);
    database.current = opened;
  };
  useEffect(() => {
    connect();
  }, []);
  return <>page</>;
};
