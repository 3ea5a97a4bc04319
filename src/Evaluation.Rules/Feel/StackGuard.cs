using System.Runtime.CompilerServices;

namespace Evaluation.Rules.Feel;

/// <summary>Ends what goes too deep with an error while there is still stack to do so: a stack that has run out would
/// end the program.</summary>
internal static class StackGuard
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new FeelLimitException("The expression or its values are nested too deeply to be worked on; " +
                "split the expression into several, or keep values flatter.");
        }
    }
}
