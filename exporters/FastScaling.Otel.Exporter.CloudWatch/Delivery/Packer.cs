using FastScaling.Otel.Exporter.CloudWatch.Batching;
using FastScaling.Otel.Exporter.CloudWatch.Diagnostics;

namespace FastScaling.Otel.Exporter.CloudWatch.Delivery;

/// <summary>
/// Moves data between what is pending and the parcel: fills it, newest first, with what fits into a request, takes it
/// apart when it was refused, and empties it when it has come to an end. When, says <see cref="DeliveryPlan"/>. Not thread-safe.
/// </summary>
internal sealed class Packer
{
    // A 413 says that requests must be smaller, but not how small; below this they would become too many.
    private const int SmallestLimit = 100;

    private readonly PendingSamples _pending;
    private readonly PutMetricDataWriter _writer;
    private readonly ExporterStatistics _statistics;
    private readonly Action<string, string?> _onRefused;
    private readonly Offenders _offenders = new();
    private readonly PartList _aside = new();
    private int _dataLimit = PutMetricDataWriter.MaxData;

    /// <param name="pending">Where data come from and go back to.</param>
    /// <param name="writer">What requests are written to, and which says what fits.</param>
    /// <param name="statistics">Where data are counted that are dropped.</param>
    /// <param name="onRefused">Called with the metric's name when a datum is dropped alone; with why, unless CloudWatch's last reply says so.</param>
    public Packer(PendingSamples pending, PutMetricDataWriter writer, ExporterStatistics statistics, Action<string, string?> onRefused)
    {
        _pending = pending;
        _writer = writer;
        _statistics = statistics;
        _onRefused = onRefused;
    }

    /// <summary>What is in the request that is to be sent, or under way.</summary>
    public Parcel Parcel { get; } = new();

    /// <summary>Whether there was more to put into the parcel than it can hold.</summary>
    public bool IsMore { get; private set; }

    /// <summary>Fills the parcel, newest first.</summary>
    /// <returns>Whether there is anything in it.</returns>
    public bool Fill(PendingPlace place)
    {
        Parcel.Begin(place);
        _writer.Begin();
        IsMore = false;
        while (!IsMore && _pending.TryTakeNewest(place, out var part))
        {
            if (place != PendingPlace.Suspect && !_offenders.IsEmpty)
            {
                AddWithoutOffenders(part);
            }
            else
            {
                IsMore = !TryAdd(part);
            }
        }

        if (_aside.Count > 0)
        {
            _pending.BeginSuspects();
            while (_aside.TryTakeNewest(out var part))
            {
                _pending.PutBack(PendingPlace.Suspect, part);
            }
        }

        return Parcel.Data > 0;
    }

    /// <summary>What the parcel has was accepted: its metrics are refused no longer.</summary>
    public void Forgive()
    {
        if (_offenders.IsEmpty)
        {
            return;
        }

        for (var i = 0; i < Parcel.PartCount; i++)
        {
            var part = Parcel[i];
            for (var datum = part.Start; datum < part.Start + part.Count; datum++)
            {
                _offenders.Forgive(PutMetricDataWriter.NameOf(part.Sample, datum));
            }
        }
    }

    /// <summary>The data of the parcel have come to an end, whatever it is; whoever calls has counted them.</summary>
    public void Release()
    {
        for (var i = 0; i < Parcel.PartCount; i++)
        {
            _pending.Release(Parcel[i]);
        }

        Parcel.Clear();
    }

    /// <summary>Keeps the data of the parcel for another turn, where they came from or as backlog.</summary>
    public void PutBack()
    {
        var place = Parcel.Place == PendingPlace.Suspect ? PendingPlace.Suspect : PendingPlace.Tried;
        for (var i = 0; i < Parcel.PartCount; i++)
        {
            _pending.PutBack(place, Parcel[i]);
        }

        Parcel.Clear();
    }

    /// <summary>A request as large as the parcel is too large: later ones are half of that.</summary>
    public void LowerLimit() => _dataLimit = Math.Min(_dataLimit, Math.Max(SmallestLimit, Parcel.Data / 2));

    /// <summary>Halves what was refused, until the datum at fault is alone; that one is dropped.</summary>
    public void TakeApart()
    {
        if (Parcel.Data != 1)
        {
            Halve();
            return;
        }

        var name = PutMetricDataWriter.NameOf(Parcel[0].Sample, Parcel[0].Start);
        _offenders.Add(name);
        Refuse(name, why: null);
        Release();
    }

    private void AddWithoutOffenders(Part part)
    {
        while (true)
        {
            var isOffender = IsOffender(part, 0);
            var run = 1;
            while (run < part.Count && IsOffender(part, run) == isOffender)
            {
                run++;
            }

            var isAll = run == part.Count;
            var (first, rest) = isAll ? (part, part) : _pending.Split(part, run);
            if (isOffender)
            {
                _aside.Add(first);
            }
            else if (!TryAdd(first))
            {
                IsMore = true;
                if (!isAll)
                {
                    _pending.PutBack(Parcel.Place, rest);
                }

                return;
            }

            if (isAll)
            {
                return;
            }

            part = rest;
        }
    }

    private bool IsOffender(Part part, int datum) => _offenders.Contains(PutMetricDataWriter.NameOf(part.Sample, part.Start + datum));

    /// <summary>Adds a part to the parcel. What does not fit goes back to where it came from.</summary>
    /// <returns>Whether all of it fitted.</returns>
    private bool TryAdd(Part part)
    {
        if (part.IsWhole && Parcel.Data + part.Count <= _dataLimit && _writer.TryAdd(part.Sample))
        {
            Parcel.Add(part);
            return true;
        }

        // A sample stays in one piece where it can.
        var fits = part.IsWhole && Parcel.Data > 0 ? 0 : AddOneByOne(part);
        if (fits == part.Count)
        {
            Parcel.Add(part);
            return true;
        }

        if (fits > 0)
        {
            (var first, part) = _pending.Split(part, fits);
            Parcel.Add(first);
        }
        else if (Parcel.Data == 0)
        {
            return DropFirst(part);
        }

        _pending.PutBack(Parcel.Place, part);
        return false;
    }

    private int AddOneByOne(Part part)
    {
        var count = 0;
        while (count < part.Count && Parcel.Data + count < _dataLimit && _writer.TryAdd(part.Sample, part.Start + count))
        {
            count++;
        }

        return count;
    }

    /// <summary>A datum that fits into no request at all must not stop the others.</summary>
    private bool DropFirst(Part part)
    {
        var isAlone = part.Count == 1;
        var (first, rest) = isAlone ? (part, part) : _pending.Split(part, 1);
        Refuse(PutMetricDataWriter.NameOf(first.Sample, first.Start), "it is larger than a request may be");
        _pending.Release(first);
        return isAlone || TryAdd(rest);
    }

    private void Halve()
    {
        // The parcel has its newest data first, and the group that was begun last is sent next.
        var half = Parcel.Data / 2;
        var data = Parcel.Data;
        _pending.BeginSuspects();
        for (var i = Parcel.PartCount - 1; i >= 0; i--)
        {
            var part = Parcel[i];
            if (data > half && data - part.Count < half)
            {
                var (first, rest) = _pending.Split(part, part.Count - (data - half));
                _pending.PutBack(PendingPlace.Suspect, rest);
                data -= rest.Count;
                part = first;
            }

            if (data == half)
            {
                _pending.BeginSuspects();
            }

            _pending.PutBack(PendingPlace.Suspect, part);
            data -= part.Count;
        }

        Parcel.Clear();
    }

    private void Refuse(string metric, string? why)
    {
        _onRefused(metric, why);
        _statistics.Drop(DropReason.Refused, 1);
    }
}
