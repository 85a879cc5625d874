using FastScaling.LabPage.Tests.Support;
using Microsoft.Playwright;

namespace FastScaling.LabPage.Tests;

/// <summary>The controls, by mouse and keyboard, and what the page says of what they break.</summary>
public sealed class FaultsOnThePageTests
{
    private static readonly string[] Calm = ["--profile", "step", "--factor", "1", "--rate", "30", "--start-factor", "8"];

    [Fact]
    public async Task Killed_tasks_are_shown_and_replaced_and_a_page_that_was_away_misses_nothing()
    {
        await using var lab = await LabProcess.StartAsync(Calm);
        await using var browser = await BrowserPage.StartAsync();
        var page = await browser.OpenAsync(lab.Page, 360, 640, ColorScheme.Light);
        await page.WaitForFunctionAsync("() => window.lab.point.second >= 3");

        // Every control can be reached by the keyboard, and shows that it has the focus.
        for (var i = 0; i < 5; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("solid", await page.EvaluateAsync<string>("() => document.activeElement.dataset.control && getComputedStyle(document.activeElement).outlineStyle"));
        }

        // The fifth button: half of the tasks, which is one of two.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => window.lab.moments.some(m => / is killed/.test(m.text))");
        await page.WaitForFunctionAsync("() => window.lab.moments.some(m => / died/.test(m.text)) && window.lab.point.healthy < 2");

        // Away while the new task starts.
        await page.Context.SetOfflineAsync(true);
        await lab.UntilAsync(() => lab.Output.Contains("task 3 serves its first request", StringComparison.Ordinal), 90);
        await page.Context.SetOfflineAsync(false);
        await page.WaitForFunctionAsync("() => window.lab.point.healthy === 2 && window.lab.moments.some(m => /^task 3 serves/.test(m.text))");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.lab.missed"));
        Assert.Equal("2 of 2", await page.InnerTextAsync("#tasks"));

        await page.Keyboard.PressAsync("d");
        await page.WaitForFunctionAsync("() => window.lab.point.isDependencySlow && window.lab.point.load.median > 250");
        await page.Keyboard.PressAsync("d");
        await page.WaitForFunctionAsync("() => !window.lab.point.isDependencySlow && window.lab.point.load.median < 250");
        await page.Keyboard.PressAsync("s");
        await page.WaitForFunctionAsync("() => window.lab.point.isSurging && window.lab.moments.some(m => m.kind === 'Surge')");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task Controls_of_another_site_are_refused()
    {
        await using var lab = await LabProcess.StartAsync(Calm);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var form = await http.PostAsync(new Uri(lab.Page, "controls/kill"), null, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, form.StatusCode);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, lab.Page) { Headers = { Host = "example.com" } };
        using var reply = await http.SendAsync(rebound, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.MisdirectedRequest, reply.StatusCode);
    }
}
