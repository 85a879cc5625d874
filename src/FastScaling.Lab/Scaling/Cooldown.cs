namespace FastScaling.Lab.Scaling;

/// <summary>The time after an activity in which a policy holds back. It begins when the activity is fulfilled.</summary>
/// <param name="PolicyArn">The policy that acted.</param>
/// <param name="IsScaleOut">Which way it went.</param>
/// <param name="AddedCapacity">What the scale-out added: taken off the base for the next one, so that a larger step only adds the difference.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Until">When it ends; null while the activity is not fulfilled.</param>
internal sealed record Cooldown(string PolicyArn, bool IsScaleOut, int AddedCapacity, TimeSpan Length, DateTimeOffset? Until)
{
    public bool IsActive(DateTimeOffset now) => Until is null || now < Until;
}
