using FastScaling.LabPage.Tests.Support;
using Microsoft.Playwright;

namespace FastScaling.LabPage.Tests;

/// <summary>What a newcomer sees: calm, a surge, an alarm, new tasks. All from real traffic.</summary>
public sealed class SurgeOnThePageTests
{
    private const string Served = "() => window.lab.moments.some(m => m.kind === 'Scaling') && /new task serves \\+/.test(document.getElementById('summary').textContent)";

    [Fact]
    public async Task A_surge_leads_to_an_alarm_and_to_new_tasks_that_serve_and_the_page_shows_it()
    {
        await using var lab = await LabProcess.StartAsync("--start-factor", "8");
        await using var browser = await BrowserPage.StartAsync();
        var errors = new List<string>();
        var desktop = await browser.OpenAsync(lab.Page, 1280, 800, ColorScheme.Light, errors);
        var phone = await browser.OpenAsync(lab.Page, 390, 844, ColorScheme.Dark, errors);

        await desktop.WaitForFunctionAsync("() => window.lab.point.second >= 9");
        Assert.Equal("Waiting for a surge.", await desktop.InnerTextAsync("#summary"));
        await ShowAsync("calm");

        // The picture is of the moment in which the alarm has come and the new tasks have not.
        await desktop.WaitForFunctionAsync("() => window.lab.moments.some(m => m.kind === 'Alarm' && / to ALARM/.test(m.text))");
        await desktop.WaitForFunctionAsync("() => document.querySelectorAll('#alarms .ALARM').length > 0");
        Assert.Contains("▲ ALARM", await desktop.InnerTextAsync("#alarms"));
        await ShowAsync("surge");

        await desktop.WaitForFunctionAsync(Served);

        // The new tasks have worked off what had piled up.
        await desktop.WaitForFunctionAsync("() => window.lab.point.capacity > 120 && window.lab.point.concurrency < 60 && window.lab.point.load.lost === 0 && window.lab.point.load.p99 < 2000");
        await ShowAsync("scaled");
        await desktop.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await desktop.WaitForTimeoutAsync(300);
        await Screenshots.TakeAsync(desktop, "scaled-1280-dark");

        var order = await desktop.EvaluateAsync<string[]>("() => window.lab.moments.map(m => m.kind + (/first request/.test(m.text) ? 'First' : '')).slice(window.lab.moments.findIndex(m => m.kind === 'Surge'))");
        Assert.Equal("Surge", order[0]);
        Assert.True(Array.IndexOf(order, "Alarm") < Array.IndexOf(order, "Scaling"), string.Join(' ', order));
        Assert.True(Array.IndexOf(order, "Scaling") < Array.IndexOf(order, "TaskFirst"), string.Join(' ', order));
        foreach (var page in new[] { desktop, phone })
        {
            Assert.Equal(0, await page.EvaluateAsync<int>("() => window.lab.missed"));

            // Nothing is wider than the window.
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
        }

        Assert.Empty(errors);

        async Task ShowAsync(string moment)
        {
            await Screenshots.TakeAsync(desktop, $"{moment}-1280-light");
            await Screenshots.TakeAsync(phone, $"{moment}-390-dark");
        }
    }
}
