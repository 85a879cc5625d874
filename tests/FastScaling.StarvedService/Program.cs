using System.Globalization;
using FastScaling.StarvedService;

// The main thread is none of the thread pool: it obeys commands while the pool is starved. Each command answers with
// lines on standard output; logs go to standard error.
using var service = new Service();
Console.WriteLine($"listening {service.Url}");

while (Console.ReadLine() is { } line)
{
    var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    switch (words)
    {
        case ["saturate", var seconds]:
            using (var saturation = new Saturation(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))))
            {
                Console.WriteLine("saturation begins");
                Console.WriteLine($"saturation ended {saturation.Run().ToJson()}");
            }

            break;
        case ["stop"]:
            Console.WriteLine($"stopped {service.Stop().ToJson()}");
            return 0;
        default:
            Console.Error.WriteLine($"Unknown command: '{line}'. There are 'saturate <seconds>' and 'stop'.");
            return 2;
    }
}

// Whoever started this process has gone.
return 1;
