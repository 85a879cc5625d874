using Amazon.Runtime;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;
using FastScaling.Otel.Exporter.CloudWatch.Threading;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace FastScaling.Otel.Exporter.CloudWatch.Aws;

/// <summary>
/// Finds destination and credentials on a thread of its own, from the start on, and renews the credentials before they
/// expire. Look-ups can hang for half a minute and more; neither a sample nor a call waits for one.
/// </summary>
internal sealed class AwsResolver
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    // The application's resource is there once its provider has been built, within moments.
    private static readonly TimeSpan ResourceRetry = TimeSpan.FromMilliseconds(50);

    private readonly DestinationSource _destinations;
    private readonly CredentialSource _credentialSource;
    private readonly Action _onReady;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RateLimit _failureLog = new(TimeSpan.FromMinutes(1));
    private readonly WakeSignal _wake = new();
    private readonly TaskClock? _taskClock;
    private volatile Destination? _destination;
    private volatile AWSCredentials? _credentials;
    private volatile bool _isStopping;
    private volatile bool _hasFailed;
    private TimeSpan _delay;
    private long _clockChecked;

    /// <param name="destinations">Finds the destination.</param>
    /// <param name="credentials">Finds credentials.</param>
    /// <param name="onReady">Called once, on the resolver's thread, when destination and credentials are known.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The application's log.</param>
    /// <param name="taskClock">Checked after the first look-up and every five minutes; null for nothing.</param>
    public AwsResolver(DestinationSource destinations, CredentialSource credentials, Action onReady, TimeProvider time, ILogger logger, TaskClock? taskClock = null)
    {
        _destinations = destinations;
        _credentialSource = credentials;
        _onReady = onReady;
        _time = time;
        _logger = logger;
        _taskClock = taskClock;
    }

    /// <summary>The destination, once known.</summary>
    public Destination? Destination => _destination;

    /// <summary>The service name that had to be made up, once the destination is known.</summary>
    public string? AssumedServiceName => _destinations.AssumedServiceName;

    /// <summary>The newest credentials, once known.</summary>
    public AWSCredentials? Credentials => _credentials;

    /// <summary>Whether a look-up has failed so far.</summary>
    public bool HasFailed => _hasFailed;

    /// <param name="delay">
    /// The longest to wait before the first look-up, which <see cref="Renew"/> ends: loading the AWS SDK costs processor time
    /// that a starting application needs itself.
    /// </param>
    public void Start(TimeSpan delay = default)
    {
        _delay = delay;
        new Thread(Run) { IsBackground = true, Name = "FastScaling credentials" }.UnsafeStart();
    }

    /// <summary>Looks the credentials up now: the application has started, or CloudWatch said that they have expired.</summary>
    public void Renew() => _wake.Set();

    // The thread is not waited for: a look-up of the SDK cannot be ended from outside.
    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
    }

    private void Run()
    {
        using var suppression = SuppressInstrumentationScope.Begin();
        var retry = FirstRetry;
        if (_delay > TimeSpan.Zero)
        {
            _wake.Wait(_delay);
        }

        while (!_isStopping)
        {
            TimeSpan? wait;
            try
            {
                wait = Resolve();
                retry = FirstRetry;
            }
            catch (Exception exception)
            {
                // Whatever a look-up throws, the next one may work: credentials can appear later.
                Report(exception);
                wait = retry;
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }

            if (!_isStopping)
            {
                Wait(wait);
            }
        }
    }

    /// <summary>Waits for the next look-up, and checks the clock meanwhile.</summary>
    private void Wait(TimeSpan? wait)
    {
        if (_taskClock is not { IsWatched: true } || _credentials is null)
        {
            _wake.Wait(wait ?? Timeout.InfiniteTimeSpan);
            return;
        }

        var left = wait ?? TimeSpan.MaxValue;
        do
        {
            if (_time.GetElapsedTime(_clockChecked) >= TaskClock.Interval || _clockChecked == 0)
            {
                _taskClock.Check();
                _clockChecked = _time.GetTimestamp();
            }

            var slice = left < TaskClock.Interval ? left : TaskClock.Interval;
            if (_wake.Wait(slice))
            {
                return;
            }

            left -= slice;
        }
        while (left > TimeSpan.Zero && !_isStopping);
    }

    /// <returns>How long until the next look-up; null for never.</returns>
    private TimeSpan? Resolve()
    {
        if (_destination is null)
        {
            _destination = _destinations.TryGet();
            if (_destination is null)
            {
                return ResourceRetry;
            }
        }

        var snapshot = _credentialSource.Get();
        var isFirst = _credentials is null;
        _credentials = snapshot.Credentials;
        if (isFirst)
        {
            _onReady();
        }

        return snapshot.RefreshAfter;
    }

    private void Report(Exception exception)
    {
        _hasFailed = true;
        ExporterEventSource.Log.Failed("Looking up AWS settings", exception);
        if (_failureLog.Allows(_time.GetElapsedTime(0)))
        {
            if (_credentials is null)
            {
                _logger.LookupFails(exception.Message);
            }
            else
            {
                _logger.RenewalFails(exception.Message);
            }
        }
    }
}
