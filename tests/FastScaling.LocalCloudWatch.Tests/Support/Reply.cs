using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FastScaling.LocalCloudWatch.Tests.Support;

/// <summary>A reply in one shape for all protocols: single values are strings there.</summary>
internal sealed record Reply(HttpStatusCode Status, string? Code, string? Message, JsonNode? Body, HttpResponseMessage Http)
{
    public bool IsOk => Status == HttpStatusCode.OK;

    public static async Task<Reply> ReadAsync(HttpResponseMessage http)
    {
        var text = await http.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (http.Content.Headers.ContentType?.MediaType == "text/xml")
        {
            var root = XElement.Parse(text);
            var error = root.Elements().FirstOrDefault(element => element.Name.LocalName == "Error");
            var result = root.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal));
            return new Reply(http.StatusCode, Child(error, "Code"), Child(error, "Message"), result is null ? null : FromXml(result), http);
        }

        if (http.Content.Headers.ContentType?.MediaType == "application/cbor")
        {
            var node = Cbor.Read(await http.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal("rpc-v2-cbor", http.Headers.GetValues("smithy-protocol").Single());
            return new Reply(http.StatusCode, QueryError(http), (string?)node?["message"], node, http);
        }

        if (http.Content.Headers.ContentType?.MediaType != "application/x-amz-json-1.0")
        {
            return new Reply(http.StatusCode, null, text, null, http);
        }

        var body = JsonNode.Parse(text);
        return new Reply(http.StatusCode, QueryError(http), (string?)body?["message"], body, http);
    }

    public static double Number(JsonNode? node) => double.Parse(node!.ToString(), CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(JsonNode? node) => double.TryParse(node!.ToString(), CultureInfo.InvariantCulture, out var seconds)
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
        : DateTimeOffset.Parse(node.ToString(), CultureInfo.InvariantCulture);

    public JsonArray List(string name) => Body![name] as JsonArray ?? [];

    private static string? QueryError(HttpResponseMessage http) =>
        http.Headers.TryGetValues("x-amzn-query-error", out var values) ? values.Single().Split(';')[0] : null;

    private static string? Child(XElement? parent, string name) =>
        parent?.Elements().Single(element => element.Name.LocalName == name).Value;

    private static JsonNode? FromXml(XElement element)
    {
        if (!element.HasElements)
        {
            return element.Value;
        }

        if (element.Elements().All(child => child.Name.LocalName == "member"))
        {
            return new JsonArray([.. element.Elements().Select(FromXml)]);
        }

        var members = new JsonObject();
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == "entry")
            {
                members[Child(child, "key")!] = Child(child, "value");
            }
            else
            {
                members[child.Name.LocalName] = FromXml(child);
            }
        }

        return members;
    }
}
