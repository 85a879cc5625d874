-- One PutMetricData of AWS JSON 1.0 with 25 data, as a task of five signals sends them every five seconds.
local data = {}
for second = 1, 5 do
  for signal = 1, 5 do
    data[#data + 1] = string.format(
      '{"MetricName":"Signal%d","Dimensions":[{"Name":"ClusterName","Value":"production"},{"Name":"ServiceName","Value":"shop"}],'
        .. '"Timestamp":%d,"Value":%d.5,"Unit":"Count","StorageResolution":1}',
      signal, os.time() - second, second * signal)
  end
end

wrk.method = "POST"
wrk.body = '{"Namespace":"FastScaling","MetricData":[' .. table.concat(data, ",") .. "]}"
wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
wrk.headers["X-Amz-Target"] = "GraniteServiceVersion20100801.PutMetricData"
wrk.headers["X-Amz-Date"] = os.date("!%Y%m%dT%H%M%SZ")
wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/monitoring/aws4_request, "
  .. "SignedHeaders=host;x-amz-date, Signature=" .. string.rep("0", 64)

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init()
  refused = 0
end

function response(status)
  if status ~= 200 then
    refused = refused + 1
  end
end

function done(summary)
  local bad = 0
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("refused")
  end
  io.write(string.format("calls %d refused %d microseconds %d\n", summary.requests, bad, summary.duration))
end
