namespace FastScaling.Lab.Templates;

/// <summary>What <c>AWS::…</c> names stand for. No deployment is at hand, so the values are only well-formed.</summary>
internal static class PseudoParameters
{
    public const string Region = "us-east-1";
    public const string Partition = "aws";
    public const string AccountId = "123456789012";
    public const string StackName = "stack";

    /// <summary>The name that removes a property.</summary>
    public const string NoValue = "AWS::NoValue";

    /// <summary>Null when there is none of that name.</summary>
    public static TemplateNode? Find(string name, Mark mark) => name switch
    {
        "AWS::AccountId" => new ScalarNode(mark, AccountId),
        "AWS::Partition" => new ScalarNode(mark, Partition),
        "AWS::Region" => new ScalarNode(mark, Region),
        "AWS::StackName" => new ScalarNode(mark, StackName),
        "AWS::StackId" => new ScalarNode(mark, $"arn:{Partition}:cloudformation:{Region}:{AccountId}:stack/{StackName}/0"),
        "AWS::URLSuffix" => new ScalarNode(mark, "amazonaws.com"),
        "AWS::NotificationARNs" => new ListNode(mark, []),
        _ => null,
    };
}
