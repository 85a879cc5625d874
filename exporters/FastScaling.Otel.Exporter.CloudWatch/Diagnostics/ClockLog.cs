using FastScaling.Otel.Exporter.CloudWatch.Sampling;
using Microsoft.Extensions.Logging;

namespace FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

/// <summary>
/// Tells the application when samples begin to be stamped with another time than the machine's, and when that ends. On the sending
/// thread: the sampling thread does not wait for a log.
/// </summary>
internal sealed class ClockLog(SampleClock clock, ILogger logger)
{
    private bool _wasCorrected;

    public void Check()
    {
        var offset = clock.Offset;
        var isCorrected = offset != TimeSpan.Zero;
        if (isCorrected && !_wasCorrected)
        {
            logger.StampsCorrected(offset);
        }
        else if (!isCorrected && _wasCorrected)
        {
            logger.StampsRightAgain();
        }

        _wasCorrected = isCorrected;
    }
}
