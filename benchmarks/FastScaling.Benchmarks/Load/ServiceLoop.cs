using System.Globalization;
using FastScaling.Benchmarks.Experiments.Starving;
using FastScaling.StarvedService;

namespace FastScaling.Benchmarks.Load;

/// <summary>
/// Obeys commands on standard input, on the main thread: that is none of the thread pool, so that it answers while the
/// pool is starved, and it is not in the way of requests.
/// </summary>
internal static class ServiceLoop
{
    public static int Run(ServiceSetup setup)
    {
        using var service = new SampleService(setup);
        using var conventional = setup.Conventional is { } url ? new ConventionalPublisher(url, setup.ExportInterval) : null;
        Console.WriteLine($"listening {service.Url}");

        while (Console.ReadLine() is { } line)
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["state"]:
                    Console.WriteLine($"state {ServiceState.Take(collect: false).ToJson()}");
                    break;
                case ["collect"]:
                    Console.WriteLine($"state {ServiceState.Take(collect: true).ToJson()}");
                    break;
                case ["saturate", var seconds]:
                    using (var saturation = new Saturation(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))))
                    {
                        Console.WriteLine("saturation begins");
                        Console.WriteLine($"saturation ended {saturation.Run().ToJson()}");
                    }

                    break;
                default:
                    Console.Error.WriteLine($"Unknown command: '{line}'.");
                    return 2;
            }
        }

        return 0;
    }
}
