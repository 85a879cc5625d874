using System.Text;
using System.Xml.Linq;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class ErrorShapeTests
{
    [Fact]
    public async Task A_JSON_error_names_its_type_and_in_query_mode_its_code()
    {
        await using var local = await Local.StartAsync();

        var reply = await local.CallAsync(Wire.Json, "PutMetricData", Data.Put(Data.Datum()).With("Namespace", "AWS/ECS"));

        Assert.Equal("com.amazonaws.cloudwatch#InvalidParameterValueException", (string?)reply.Body!["__type"]);
        Assert.Equal("The value AWS/ECS for parameter Namespace is invalid.", (string?)reply.Body["message"]);
        Assert.Equal("InvalidParameterValue;Sender", reply.Http.Headers.GetValues("x-amzn-query-error").Single());
        Assert.Equal("application/x-amz-json-1.0", reply.Http.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Outside_query_mode_a_JSON_error_has_no_code()
    {
        await using var local = await Local.StartAsync();
        var request = Local.Request(Wire.Json, "PutMetricData", "{}"u8.ToArray());
        request.Headers.Remove("x-amzn-query-mode");

        var reply = await local.SendAsync(request);

        Assert.False(reply.Http.Headers.Contains("x-amzn-query-error"));
        Assert.Equal("com.amazonaws.cloudwatch#MissingRequiredParameterException", (string?)reply.Body!["__type"]);
    }

    [Fact]
    public async Task A_query_error_is_the_XML_of_CloudWatch()
    {
        await using var local = await Local.StartAsync();
        XNamespace ns = "http://monitoring.amazonaws.com/doc/2010-08-01/";

        var reply = await local.CallAsync(Wire.Query, "PutMetricData", Data.Put(Data.Datum(unit: "<Minutes>")));
        var xml = XElement.Parse(await reply.Http.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ns + "ErrorResponse", xml.Name);
        Assert.Equal("Sender", xml.Element(ns + "Error")!.Element(ns + "Type")!.Value);
        Assert.Equal("InvalidParameterValue", xml.Element(ns + "Error")!.Element(ns + "Code")!.Value);
        Assert.Equal(reply.Http.Headers.GetValues("x-amzn-RequestId").Single(), xml.Element(ns + "RequestId")!.Value);
    }

    [Fact]
    public async Task A_query_reply_is_the_XML_of_CloudWatch()
    {
        await using var local = await Local.StartAsync();
        XNamespace ns = "http://monitoring.amazonaws.com/doc/2010-08-01/";

        var put = await local.PutAsync(Wire.Query, Data.Datum());
        var xml = XElement.Parse(await put.Http.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(ns + "PutMetricDataResponse", xml.Name);
        Assert.Equal(put.Http.Headers.GetValues("x-amzn-RequestId").Single(), xml.Element(ns + "ResponseMetadata")!.Element(ns + "RequestId")!.Value);
    }

    [Fact]
    public async Task Every_reply_has_a_request_id_of_its_own()
    {
        await using var local = await Local.StartAsync();
        var ids = new HashSet<string>();
        foreach (var wire in Enum.GetValues<Wire>())
        {
            ids.Add((await local.PutAsync(wire, Data.Datum())).Http.Headers.GetValues("x-amzn-RequestId").Single());
            ids.Add((await local.PutAsync(wire)).Http.Headers.GetValues("x-amzn-RequestId").Single());
            ids.Add((await local.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/")))!.Http.Headers.GetValues("x-amzn-RequestId").Single());
        }

        Assert.Equal(3 * 3, ids.Count);
    }

    [Fact]
    public async Task An_unknown_operation_is_refused_in_the_words_of_each_protocol()
    {
        await using var local = await Local.StartAsync();

        var json = await local.CallAsync(Wire.Json, "PutDashboard", []);
        var query = await local.CallAsync(Wire.Query, "PutDashboard", []);
        var other = Local.Request(Wire.Json, "ListMetrics", "{}"u8.ToArray());
        other.Headers.Remove("X-Amz-Target");
        other.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");

        Assert.Equal("com.amazonaws.cloudwatch#UnknownOperationException", (string?)json.Body!["__type"]);
        Assert.Equal((400, "InvalidAction"), ((int)query.Status, query.Code));
        Assert.Equal("InvalidAction", (await local.SendAsync(other)).Code);
    }

    [Theory]
    [InlineData("""{"Namespace":1}""")]
    [InlineData("""{"Namespace":"a","MetricData":{}}""")]
    [InlineData("""{"Namespace":"a","MetricData":["x"]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[null]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":"1"}]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":true}]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":1,"Timestamp":"2026-11-23T12:00:00Z"}]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":1,"StorageResolution":1.5}]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Values":[null]}]}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":1,"Dimensions":"d"}]}""")]
    [InlineData("""{"Namespace":"\ud800","MetricData":[]}""")]
    [InlineData("""{"\ud800aaaaaaaaaa":1}""")]
    [InlineData("""{"Namespace":"a","MetricData":[{"MetricName":"m","Value":NaN}]}""")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    public async Task JSON_of_a_wrong_form_cannot_be_read(string body)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.SendAsync(Wire.Json, "PutMetricData", Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, "SerializationException"), ((int)reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("MetricData.member.x.MetricName=m")]
    [InlineData("MetricData.member.0.MetricName=m")]
    [InlineData("MetricData.1.MetricName=m")]
    [InlineData("MetricData=m")]
    [InlineData("MetricData.member.1.MetricName=m&MetricData.member.1.Value=one")]
    [InlineData("MetricData.member.1.MetricName=m&MetricData.member.1.Value=")]
    [InlineData("MetricData.member.1.MetricName=m&MetricData.member.1.Value=1&MetricData.member.1.StorageResolution=1.0")]
    [InlineData("MetricData.member.1.MetricName=m&MetricData.member.1.Value=1&MetricData.member.1.Timestamp=noon")]
    [InlineData("MetricData.member.1.MetricName.x=m&MetricData.member.1.Value=1")]
    [InlineData("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q=1")]
    public async Task A_form_of_a_wrong_shape_is_refused(string data)
    {
        await using var local = await Local.StartAsync();

        var reply = await local.SendAsync(Wire.Query, "PutMetricData", Encoding.UTF8.GetBytes($"Action=PutMetricData&Version=2010-08-01&Namespace=a&{data}"));

        Assert.Equal((400, "InvalidParameterValue"), ((int)reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("", "MissingParameter")]
    [InlineData("Version=2010-08-01", "MissingParameter")]
    [InlineData("Action=ListMetrics", "MissingParameter")]
    [InlineData("Action=ListMetrics&Version=2009-05-15", "InvalidAction")]
    [InlineData("Action=ListMetrics&Version=2010-08-01", null)]
    public async Task A_form_names_its_action_and_version(string body, string? code)
    {
        await using var local = await Local.StartAsync();

        Assert.Equal(code, (await local.SendAsync(Wire.Query, "", Encoding.UTF8.GetBytes(body))).Code);
    }

    [Fact]
    public async Task What_XML_cannot_carry_does_not_break_the_error()
    {
        await using var local = await Local.StartAsync();

        var reply = await local.SendAsync(Wire.Query, "", Encoding.UTF8.GetBytes("Action=%00%01%EF%BF%BF<>&Version=2010-08-01"));

        Assert.Equal("InvalidAction", reply.Code);
    }

    [Fact]
    public async Task A_call_to_another_path_is_not_found()
    {
        await using var local = await Local.StartAsync();
        var request = Local.Request(Wire.Query, "ListMetrics", "Action=ListMetrics&Version=2010-08-01"u8.ToArray());
        request.RequestUri = new Uri("/service/GraniteServiceVersion20100801/operation/ListMetrics", UriKind.Relative);

        Assert.Equal((404, "InvalidAction"), await StatusAndCodeAsync());

        async Task<(int, string?)> StatusAndCodeAsync()
        {
            var reply = await local.SendAsync(request);
            return ((int)reply.Status, reply.Code);
        }
    }
}
