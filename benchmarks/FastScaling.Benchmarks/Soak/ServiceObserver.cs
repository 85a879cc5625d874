using System.Diagnostics.Metrics;
using System.Text.Json;

namespace FastScaling.Benchmarks.Soak;

/// <summary>
/// Sits in the process of a service and writes its book every five seconds, and a last time when the meter of the exporter is disposed.
/// </summary>
internal sealed class ServiceObserver
{
    /// <summary>Names the file of the book.</summary>
    public const string PathVariable = "SOAK_BOOK";

    private const string Requests = "http.server.request.duration";
    private const string Sampled = "fastscaling.cloudwatch.data.sampled";
    private const string Ended = "fastscaling.cloudwatch.data";
    private const string Pending = "fastscaling.cloudwatch.backlog.data";
    private const string Gaps = "fastscaling.sample_gaps";

    // The first that the exporter creates of these: when it is told to be over, the others can still be read.
    private const string First = "fastscaling.samples";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    // Once a minute all garbage is collected: what is left then tells a leak from what nobody has looked at yet.
    private const int WritesPerCollection = 12;

    private readonly string _path;
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _values = [];
    private readonly Dictionary<string, long> _data = [];
    private long _endedRequests;
    private bool _isOver;
    private int _writes;
    private long _liveBytes;

    private ServiceObserver(string path)
    {
        _path = path;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is Requests or First or Sampled or Ended or Pending or Gaps)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Interlocked.Increment(ref _endedRequests));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.MeasurementsCompleted = (instrument, _) =>
        {
            if (instrument.Name == First)
            {
                Write(isFinal: true);
            }
        };
        _listener.Start();
    }

    public static void Start(string path)
    {
        var observer = new ServiceObserver(path);
        new Thread(observer.Run) { IsBackground = true, Name = "soak observer" }.Start();
    }

    private void Run()
    {
        while (true)
        {
            Thread.Sleep(Pace);
            Write(isFinal: false);
        }
    }

    private void Note(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name == Ended)
        {
            _data[(string)tags[0].Value!] = value;
        }
        else
        {
            _values[instrument.Name] = value;
        }
    }

    private void Write(bool isFinal)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = isFinal;
            _listener.RecordObservableInstruments();
            if (_writes++ % WritesPerCollection == 0)
            {
                _liveBytes = GC.GetTotalMemory(forceFullCollection: true);
            }

            var book = new ServiceBook(
                isFinal,
                Interlocked.Read(ref _endedRequests),
                _values.GetValueOrDefault(Sampled),
                _values.GetValueOrDefault(Pending),
                _values.GetValueOrDefault(Gaps),
                new Dictionary<string, long>(_data),
                _liveBytes,
                GC.CollectionCount(0));

            // Whoever reads sees a whole one.
            File.WriteAllText(_path + ".new", JsonSerializer.Serialize(book));
            File.Move(_path + ".new", _path, overwrite: true);
        }
    }
}
