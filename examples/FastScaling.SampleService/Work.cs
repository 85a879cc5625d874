namespace FastScaling.SampleService;

/// <summary>Work that waits, as for a database, and that a caller can make as slow as is wanted: <c>/?ms=2000</c>.</summary>
internal static class Work
{
    /// <summary>How long a request takes on the average, in milliseconds, unless it or <c>Work:Milliseconds</c> says otherwise.</summary>
    public const int DefaultMilliseconds = 40;

    /// <summary>The longest work that can be asked for, in milliseconds.</summary>
    public const int LongestMilliseconds = 20_000;

    public static async Task<IResult> DoAsync(int milliseconds, CancellationToken cancellationToken)
    {
        if (milliseconds is < 0 or > LongestMilliseconds)
        {
            return Results.Text($"ms: {milliseconds} is not allowed; allowed is 0 to {LongestMilliseconds}.\n", statusCode: StatusCodes.Status400BadRequest);
        }

        // Half to one and a half times as long: no two requests are alike.
        await Task.Delay((int)(milliseconds * (0.5 + Random.Shared.NextDouble())), cancellationToken);
        return Results.Text("done\n");
    }
}
