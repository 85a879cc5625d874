namespace FastScaling.LocalCloudWatch.MetricMath;

/// <summary>The expressions of one request, read, checked, and in an order in which each can be computed from those before it.</summary>
internal static class MathPlan
{
    /// <param name="metrics">The ids of the metrics.</param>
    /// <param name="expressions">The ids and texts of the expressions.</param>
    /// <param name="fail">Makes the error for an expression, by its id.</param>
    public static IReadOnlyList<(string Id, MathNode Node, MathType Type)> Of(
        IReadOnlyCollection<string> metrics, IReadOnlyDictionary<string, string> expressions, Func<string, MathException, Exception> fail)
    {
        var nodes = new Dictionary<string, MathNode>(StringComparer.Ordinal);
        foreach (var (id, text) in expressions)
        {
            nodes.Add(id, Try(id, () => MathParser.Parse(text)));
        }

        var types = metrics.ToDictionary(static id => id, static _ => MathType.Series, StringComparer.Ordinal);
        var check = new MathTypes(types, metrics);
        var plan = new List<(string, MathNode, MathType)>(nodes.Count);
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in nodes.Keys)
        {
            Visit(id);
        }

        return plan;

        void Visit(string id)
        {
            if (types.ContainsKey(id))
            {
                return;
            }

            open.Add(id);
            foreach (var other in nodes[id].Ids.Where(nodes.ContainsKey))
            {
                if (open.Contains(other))
                {
                    throw fail(id, new MathException(1, $"it depends on itself, through '{other}'."));
                }

                Visit(other);
            }

            open.Remove(id);
            var type = Try(id, () => check.Of(nodes[id]));
            types.Add(id, type);
            plan.Add((id, nodes[id], type));
        }

        T Try<T>(string id, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (MathException e)
            {
                throw fail(id, e);
            }
        }
    }
}
