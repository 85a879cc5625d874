using FastScaling.Otel.Exporter.CloudWatch.Delivery;

namespace FastScaling.Otel.Exporter.CloudWatch.Tests.Delivery;

public class OffendersTests
{
    [Fact]
    public void A_name_is_remembered_until_it_is_forgiven()
    {
        var offenders = new Offenders();
        Assert.True(offenders.IsEmpty);

        offenders.Add("a");
        Assert.True(offenders.Contains("a") && !offenders.Contains("A") && !offenders.IsEmpty);

        offenders.Forgive("b");
        offenders.Forgive("a");
        Assert.True(offenders.IsEmpty && !offenders.Contains("a"));
    }

    [Fact]
    public void There_is_room_for_a_hundred_names_and_what_is_forgiven_makes_room()
    {
        var offenders = new Offenders();
        for (var i = 0; i <= Offenders.Capacity; i++)
        {
            offenders.Add($"m{i}");
        }

        Assert.True(offenders.Contains("m99") && !offenders.Contains("m100"));
        offenders.Forgive("m0");
        offenders.Add("m100");
        Assert.True(offenders.Contains("m100") && !offenders.Contains("m0"));
    }
}
