using Microsoft.Playwright;

namespace FastScaling.LabPage.Tests.Support;

/// <summary>Where pictures of the page go: beside the tests, or where LAB_SCREENSHOTS says, to renew those of the documentation.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("LAB_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");

    public static async Task TakeAsync(IPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"lab-{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });

        // A page that did not draw is one colour, and small.
        Assert.True(new FileInfo(path).Length > 10_000, $"{path} shows nothing.");
    }
}
