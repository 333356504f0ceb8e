# From the XML reports of surefire and failsafe: each skipped test with its reason, then the figures.

function attribute(line, name,    begin, rest) {
  begin = index(line, " " name "=\"")
  if (begin == 0) return ""
  rest = substr(line, begin + length(name) + 3)
  return plain(substr(rest, 1, index(rest, "\"") - 1))
}

function plain(text) {
  gsub(/&#10;|&#13;/, " ", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

/<testcase / {
  tests++
  over = 0
  type = attribute($0, "classname")
  sub(/.*\./, "", type)
  name = attribute($0, "name")
  title = name == "" ? type : type "." name
}

/<(failure|error)[ >]/ && !over { failed++; over = 1 }

/<skipped[ \/>]/ && !over {
  skipped++
  over = 1
  why = attribute($0, "message")
  if (why == "" && /<!\[CDATA\[/) why = $0 # an aborted test tells it in its trace
  sub(/^.*Assumption failed: /, "", why)
  sub(/\]\]>.*$/, "", why)
  reasons[why] = reasons[why] "\n    " title
  if (why == "") reasons[why] = reasons[why] " (says no reason, which is a defect)"
}

END {
  if (skipped) print "Skipped, and why:"
  for (why in reasons) print "  " (why == "" ? "?" : why) reasons[why]
  printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
}
