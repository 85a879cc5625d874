using FastScaling.Lab.Live;

namespace FastScaling.Lab.Tests.Live.Runs;

/// <summary>Readers that come, go and come back.</summary>
public sealed class JournalTests
{
    [Fact]
    public async Task A_reader_that_comes_back_reads_on_where_it_was()
    {
        var journal = new Journal();
        var first = await ReadAsync(journal, 0, 3, () => Add(journal, 3));
        Add(journal, 2);
        var second = await ReadAsync(journal, first[^1], 4, () => Add(journal, 2));
        Assert.Equal([1, 2, 3], first);
        Assert.Equal([4, 5, 6, 7], second);
    }

    [Fact]
    public async Task What_is_kept_is_bounded_and_a_gap_can_be_seen()
    {
        var journal = new Journal();
        Add(journal, Journal.Capacity + 10);
        var read = await ReadAsync(journal, 0, Journal.Capacity, static () => { });
        Assert.Equal(11, read[0]);
        Assert.Equal(Journal.Capacity + 10, read[^1]);
    }

    [Fact]
    public async Task Readers_beside_a_writer_miss_nothing()
    {
        var journal = new Journal();
        const int Count = 1000;
        var readers = Enumerable.Range(0, 4).Select(_ => ReadAsync(journal, 0, Count, static () => { })).ToArray();
        await Task.Run(() => Add(journal, Count), TestContext.Current.CancellationToken);
        foreach (var reader in readers)
        {
            Assert.Equal(Enumerable.Range(1, Count).Select(static id => (long)id), await reader);
        }
    }

    private static void Add(Journal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            journal.Add("second", "{}");
        }
    }

    private static async Task<List<long>> ReadAsync(Journal journal, long after, int count, Action begin)
    {
        var ids = new List<long>();
        begin();
        await foreach (var entry in journal.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            ids.Add(entry.Id);
            if (ids.Count == count)
            {
                break;
            }
        }

        return ids;
    }
}
