using System.Net;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class StatusPageTests
{
    [Fact]
    public async Task The_page_shows_what_is_held_and_what_was_refused()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(
            Wire.Json,
            Data.Datum(1, TestClock.Noon, "RequestsPerSecond", "Count/Second"),
            Data.Datum(41.5, TestClock.Noon.AddSeconds(7), "RequestsPerSecond", "Count/Second"));
        await local.PutAsync(Wire.Json, Data.Datum(unit: "Minutes"));

        var page = await PageAsync(local);

        Assert.Contains("<h2>Tests</h2>", page, StringComparison.Ordinal);
        Assert.Contains(">RequestsPerSecond</td>", page, StringComparison.Ordinal);
        Assert.Contains(">41.5</td>", page, StringComparison.Ordinal);
        Assert.Contains(">Count/Second</td>", page, StringComparison.Ordinal);
        Assert.Contains(">2026-11-23 12:00:07</td>", page, StringComparison.Ordinal);
        Assert.Contains(">2</td>", page, StringComparison.Ordinal);
        Assert.Contains("1 calls accepted, 1 refused", page, StringComparison.Ordinal);
        Assert.Contains(">InvalidParameterValue</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_server_says_so()
    {
        await using var local = await Local.StartAsync();

        Assert.Contains("No data yet", await PageAsync(local), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_clients_send_is_escaped()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(name: "<script>1</script>").With("Dimensions", Data.Dimensions(("<i>", "\"<b>&'"))));
        await local.CallAsync(Wire.Json, "PutMetricData", Data.Put(Data.Datum()).With("Namespace", "<img src=x>"));

        var page = await PageAsync(local);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere_and_adapts()
    {
        await using var local = await Local.StartAsync();

        var page = await PageAsync(local);

        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("width=device-width", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/other", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    [InlineData("PUT", "/", 405)]
    [InlineData("DELETE", "/", 405)]
    public async Task Nothing_else_is_served(string method, string path, int status)
    {
        await using var local = await Local.StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await local.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
    }

    private static async Task<string> PageAsync(Local local)
    {
        using var response = await local.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
