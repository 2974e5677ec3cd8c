-- SPDX-License-Identifier: Apache-2.0
-- For wrk with one thread per client: how many answers each client got, which
-- wrk's own figures hide, and how many were no success. With MDASH_PATHS, a
-- list separated by spaces, each client asks for them in turn.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  answers, refused, turn = 0, 0, number
  paths = {}
  for path in string.gmatch(os.getenv("MDASH_PATHS") or "", "%S+") do
    table.insert(paths, path)
  end
end

function request()
  if #paths == 0 then
    return wrk.format()
  end
  turn = turn + 1
  return wrk.format("GET", paths[turn % #paths + 1])
end

function response(status)
  answers = answers + 1
  if status < 200 or status > 299 then
    refused = refused + 1
  end
end

function done(summary)
  local counts, silent, refused = {}, 0, 0
  for _, thread in ipairs(threads) do
    local count = thread:get("answers")
    table.insert(counts, count)
    silent = silent + (count == 0 and 1 or 0)
    refused = refused + thread:get("refused")
  end
  table.sort(counts)
  local errors = summary.errors
  io.write(string.format(
    "clients %d silent %d min %d median %d refused %d errors %d\n",
    #counts, silent, counts[1], counts[math.ceil(#counts / 2)], refused,
    errors.connect + errors.read + errors.write + errors.timeout))
end
