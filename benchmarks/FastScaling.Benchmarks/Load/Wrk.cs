using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FastScaling.Benchmarks.Load;

/// <summary>The load generator, a program in C: it leaves the most of two cores to the service.</summary>
internal static partial class Wrk
{
    private const int Connections = 32;

    public static async Task<WrkResult> RunAsync(Uri url, int seconds)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-t1", $"-c{Connections}", string.Create(CultureInfo.InvariantCulture, $"-d{seconds}s"), url.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The load generator wrk is not installed. 'benchmarks/install' does that (apt-get install wrk).");
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return Read(output) ?? throw new InvalidOperationException($"wrk said: {output}{await errors}");
        }
    }

    private static WrkResult? Read(string output)
    {
        var (requests, rate) = (Requests().Match(output), Rate().Match(output));

        // A refused or failed request costs something else: such a run says nothing.
        return requests.Success && rate.Success && !output.Contains("Non-2xx", StringComparison.Ordinal) && !output.Contains("Socket errors", StringComparison.Ordinal)
            ? new WrkResult(long.Parse(requests.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
