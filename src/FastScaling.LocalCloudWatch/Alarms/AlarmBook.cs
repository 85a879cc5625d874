namespace FastScaling.LocalCloudWatch.Alarms;

/// <summary>All alarms and their history. Safe for use by several threads.</summary>
internal sealed class AlarmBook
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Alarm> _alarms = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Alarm, (DateTimeOffset Time, string Name)> _due = new(
        Comparer<(DateTimeOffset Time, string Name)>.Create(static (left, right) =>
            left.Time != right.Time ? left.Time.CompareTo(right.Time) : string.CompareOrdinal(left.Name, right.Name)));

    private readonly AlarmHistory _history = new();
    private readonly CloudWatchSettings _settings;
    private readonly IPeriodReader _reader;

    public AlarmBook(CloudWatchSettings settings, IPeriodReader reader)
    {
        _settings = settings;
        _reader = reader;
    }

    /// <summary>When the next alarm is to be evaluated; null when there is none.</summary>
    public DateTimeOffset? NextEvaluation
    {
        get
        {
            lock (_lock)
            {
                return _due.TryPeek(out _, out var first) ? first.Time : null;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _alarms.Count;
            }
        }
    }

    /// <summary>Creates or overwrites an alarm. False when that would make more alarms than the most.</summary>
    public bool Put(DateTimeOffset now, AlarmDefinition definition, int most = int.MaxValue)
    {
        lock (_lock)
        {
            if (_alarms.TryGetValue(definition.Name, out var alarm))
            {
                var isRescheduled = alarm.Definition.EvaluationStep != definition.EvaluationStep;
                alarm.Update(definition, now);
                if (isRescheduled && _due.Remove(alarm, out _, out _))
                {
                    Schedule(alarm, now);
                }

                _history.Configured(definition.Name, now, "updated");
                return true;
            }

            if (_alarms.Count >= most)
            {
                return false;
            }

            alarm = new Alarm(definition, _settings, now);
            _alarms.Add(definition.Name, alarm);
            Schedule(alarm, now);
            _history.Configured(definition.Name, now, "created");
            return true;
        }
    }

    /// <summary>Names of alarms that do not exist are ignored.</summary>
    public void Delete(DateTimeOffset now, IEnumerable<string> names)
    {
        lock (_lock)
        {
            foreach (var name in names)
            {
                if (_alarms.Remove(name))
                {
                    _history.Configured(name, now, "deleted");
                }
            }
        }
    }

    /// <summary>Names of alarms that do not exist are ignored.</summary>
    public void EnableActions(DateTimeOffset now, IEnumerable<string> names, bool areEnabled)
    {
        lock (_lock)
        {
            foreach (var name in names)
            {
                if (_alarms.TryGetValue(name, out var alarm) && alarm.Definition.ActionsEnabled != areEnabled)
                {
                    alarm.EnableActions(areEnabled, now);
                    _history.Configured(name, now, "updated");
                }
            }
        }
    }

    /// <summary>Null when there is no such alarm.</summary>
    public IReadOnlyList<AlarmEvent>? Set(DateTimeOffset now, string name, AlarmState state, string reason, string? reasonData)
    {
        lock (_lock)
        {
            if (!_alarms.TryGetValue(name, out var alarm))
            {
                return null;
            }

            var events = new List<AlarmEvent>();
            alarm.Set(now, state, reason, reasonData, Record(alarm, events));
            return events;
        }
    }

    /// <summary>Evaluates the alarms that are due at the next time, if it is not after <paramref name="until"/>.</summary>
    public bool EvaluateNext(DateTimeOffset until, List<AlarmEvent> events)
    {
        lock (_lock)
        {
            if (!_due.TryPeek(out var alarm, out var due) || due.Time > until)
            {
                return false;
            }

            _due.Dequeue();
            if (_alarms.GetValueOrDefault(alarm.Definition.Name) == alarm)
            {
                alarm.Evaluate(due.Time, _reader, Record(alarm, events));
                Schedule(alarm, due.Time);
            }

            return true;
        }
    }

    /// <summary>Leaves out the evaluations before a time, as if they had fallen into a sleep of the machine.</summary>
    public void Skip(DateTimeOffset before)
    {
        lock (_lock)
        {
            if (_due.TryPeek(out _, out var first) && first.Time < before)
            {
                _due.Clear();
                foreach (var alarm in _alarms.Values)
                {
                    Schedule(alarm, before);
                }
            }
        }
    }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<AlarmSnapshot> List(Func<AlarmSnapshot, bool> filter)
    {
        lock (_lock)
        {
            return [.. _alarms.Values.Select(AlarmSnapshot.Of).Where(filter)];
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AlarmHistoryItem> History(Func<AlarmHistoryItem, bool> filter)
    {
        lock (_lock)
        {
            return [.. _history.Items.Where(filter)];
        }
    }

    private void Schedule(Alarm alarm, DateTimeOffset after) => _due.Enqueue(alarm, (alarm.NextEvaluation(after), alarm.Definition.Name));

    private Action<AlarmEvent> Record(Alarm alarm, List<AlarmEvent> events) => news =>
    {
        events.Add(news);
        if (news is AlarmStateChange change)
        {
            _history.Changed(change, alarm.StateReason);
        }
        else if (news is AlarmActionInvocation invocation)
        {
            _history.Invoked(invocation);
        }
    };
}
