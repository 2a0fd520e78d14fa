// prints-both ["ul",null,["li",{"title":2}]]
console.log(JSON.stringify(List({ items: 'ab' })));
