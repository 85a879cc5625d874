using System.Diagnostics.Metrics;

namespace FastScaling.Benchmarks.Load;

/// <summary>What the exporter of this process says of its data, by what became of them.</summary>
internal static class ExporterBooks
{
    public static Dictionary<string, long> Read()
    {
        var data = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "fastscaling.cloudwatch.data")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var outcome = tags[0].Value!.ToString()!;
            data[outcome] = data.GetValueOrDefault(outcome) + value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return data;
    }
}
