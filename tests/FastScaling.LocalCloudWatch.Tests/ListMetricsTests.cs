using System.Text.Json.Nodes;
using FastScaling.LocalCloudWatch.Tests.Support;

namespace FastScaling.LocalCloudWatch.Tests;

public sealed class ListMetricsTests
{
    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task A_metric_is_listed_once_whatever_its_units_and_resolutions(Wire wire)
    {
        await using var local = await Local.StartAsync();
        var dimensions = Data.Dimensions(("b", "2"), ("a", "1"));
        await local.PutAsync(
            wire,
            Data.Datum(unit: "Count").With("Dimensions", dimensions),
            Data.Datum(unit: "Bytes").With("Dimensions", dimensions.DeepClone()),
            Data.Datum(unit: "Bytes").With("StorageResolution", 60).With("Dimensions", dimensions.DeepClone()));

        var metric = Assert.Single((await local.CallAsync(wire, "ListMetrics", [])).List("Metrics"))!;

        Assert.Equal("Tests m", $"{metric["Namespace"]} {metric["MetricName"]}");
        Assert.Equal(["a=1", "b=2"], metric["Dimensions"]!.AsArray().Select(dimension => $"{dimension!["Name"]}={dimension["Value"]}"));
    }

    [Fact]
    public async Task Filters_select_by_namespace_name_and_dimensions()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(
            Wire.Json,
            Data.Datum(name: "x").With("Dimensions", Data.Dimensions(("a", "1"), ("b", "1"))),
            Data.Datum(name: "y").With("Dimensions", Data.Dimensions(("a", "2"))),
            Data.Datum(name: "z"));

        Assert.Equal(["x", "y", "z"], await NamesAsync(new JsonObject { ["Namespace"] = "Tests" }));
        Assert.Empty(await NamesAsync(new JsonObject { ["Namespace"] = "Other" }));
        Assert.Equal(["y"], await NamesAsync(new JsonObject { ["MetricName"] = "y" }));
        Assert.Equal(["x", "y"], await NamesAsync(new JsonObject { ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "a" }) }));
        Assert.Equal(["x"], await NamesAsync(new JsonObject { ["Dimensions"] = Data.Dimensions(("a", "1")) }));
        Assert.Empty(await NamesAsync(new JsonObject { ["Dimensions"] = Data.Dimensions(("a", "2"), ("b", "1")) }));

        async Task<string[]> NamesAsync(JsonObject input) =>
            [.. (await local.CallAsync(Wire.Query, "ListMetrics", input)).List("Metrics").Select(metric => (string)metric!["MetricName"]!)];
    }

    [Fact]
    public async Task Recently_active_means_within_three_hours()
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(Wire.Json, Data.Datum(name: "old"));
        local.Clock.Now += TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1);
        await local.PutAsync(Wire.Json, Data.Datum(name: "new"));

        var recent = await local.CallAsync(Wire.Json, "ListMetrics", new JsonObject { ["RecentlyActive"] = "PT3H" });
        var wrong = await local.CallAsync(Wire.Json, "ListMetrics", new JsonObject { ["RecentlyActive"] = "PT1H" });

        Assert.Equal("new", (string?)Assert.Single(recent.List("Metrics"))!["MetricName"]);
        Assert.Equal("InvalidParameterValue", wrong.Code);
    }

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.Cbor)]
    [InlineData(Wire.Query)]
    public async Task A_page_holds_500_and_the_pages_hold_all(Wire wire)
    {
        await using var local = await Local.StartAsync();
        await local.PutAsync(wire, [.. Enumerable.Range(0, 999).Select(i => Data.Datum(name: $"m{i:D4}"))]);

        var first = await local.CallAsync(wire, "ListMetrics", []);
        await local.PutAsync(wire, Data.Datum(name: "a comes first"), Data.Datum(name: "z comes last"));
        var second = await local.CallAsync(wire, "ListMetrics", new JsonObject { ["NextToken"] = (string)first.Body!["NextToken"]! });

        Assert.Equal((500, 500), (first.List("Metrics").Count, second.List("Metrics").Count));
        Assert.Null(second.Body!["NextToken"]);
        Assert.Equal(1000, first.List("Metrics").Concat(second.List("Metrics")).Select(metric => (string)metric!["MetricName"]!).Distinct().Count());
    }

    [Fact]
    public async Task A_token_of_nobody_is_refused()
    {
        await using var local = await Local.StartAsync();

        Assert.Equal("InvalidParameterValue", (await local.CallAsync(Wire.Json, "ListMetrics", new JsonObject { ["NextToken"] = "?" })).Code);
    }
}
