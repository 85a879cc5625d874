using FastScaling.LabPage.Tests.Support;
using Microsoft.Playwright;

namespace FastScaling.LabPage.Tests;

/// <summary>CloudWatch breaks: its data are late, complete afterwards, and nobody else notices.</summary>
public sealed class OutageOnThePageTests
{
    // Enough tasks for the traffic all the time: what is lost is lost to the outage.
    private static readonly string[] Calm = ["--profile", "step", "--factor", "1", "--rate", "30", "--start-factor", "8"];

    [Fact]
    public async Task While_CloudWatch_is_broken_requests_do_not_suffer_and_its_data_are_complete_afterwards()
    {
        await using var lab = await LabProcess.StartAsync(Calm);
        await using var browser = await BrowserPage.StartAsync();
        var page = await browser.OpenAsync(lab.Page, 1280, 800, ColorScheme.Light);
        await page.WaitForFunctionAsync("() => window.lab.point.received > 100");

        await page.ClickAsync("[data-control=cloudwatch]");
        await page.WaitForFunctionAsync("() => window.lab.point.isCloudWatchBroken && /broken/.test(document.getElementById('cloudwatch').textContent)");
        Assert.Equal("true", await page.GetAttributeAsync("[data-control=cloudwatch]", "aria-pressed"));
        var before = await page.EvaluateAsync<int>("() => window.lab.point.second");
        await page.WaitForFunctionAsync($"() => window.lab.point.second >= {before + 15}");
        var behind = await page.EvaluateAsync<int>("() => window.lab.point.forwarded - window.lab.point.received");
        Assert.True(behind > 250, $"15 s of 30 requests are missing in CloudWatch, and the page says {behind}.");
        await page.PressAsync("body", "c");

        await page.WaitForFunctionAsync("() => window.lab.moments.some(m => /the data of the outage are/.test(m.text))");
        var outcome = await page.EvaluateAsync<string>("() => window.lab.moments.find(m => /the data of the outage are/.test(m.text)).text");
        Assert.Contains("are complete", outcome);
        await page.WaitForFunctionAsync("() => !window.lab.point.isLate");
        Assert.Equal("false", await page.GetAttributeAsync("[data-control=cloudwatch]", "aria-pressed"));

        // Not one request was lost in all that time.
        Assert.Equal("0 lost", (await page.InnerTextAsync("#rate-more")).Split(", ")[1]);
        Assert.Contains(await page.EvaluateAsync<string[]>("() => window.lab.moments.map(m => m.text)"), static text => text == "CloudWatch answers again");
    }
}
