using Microsoft.Playwright;

namespace FastScaling.LabPage.Tests.Support;

/// <summary>The lab's page in a headless browser: Debian's Chromium, which tests/clients/install installs.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserPage(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<BrowserPage> StartAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: run tests/clients/install.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
        });
        return new BrowserPage(playwright, browser);
    }

    /// <summary>Opens the page in a window of a size, and notes what it logs as errors.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width, int height, ColorScheme scheme, List<string>? errors = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Note(errors, message.Type == "error", message.Text);
        page.PageError += (_, message) => Note(errors, true, message);
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.WaitForFunctionAsync("() => window.lab?.point");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static void Note(List<string>? errors, bool isError, string text)
    {
        if (isError && errors is not null)
        {
            lock (errors)
            {
                errors.Add(text);
            }
        }
    }
}
