# prints-both done
print("done")
